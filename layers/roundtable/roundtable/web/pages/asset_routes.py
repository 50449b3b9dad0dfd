"""Serving styles and scripts. Public, the same for everybody."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.web.pages import assets

router = Router()


@router.get(assets.PREFIX + "<name>", include_in_schema=False, enable_validation=False)
def get_asset(name: str) -> Response[str | bytes]:
    """Return a style or script by its hashed name, compressed where the browser takes that."""
    asset = assets.find(name)
    if asset is None:
        return Response(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", "There is no such file.")
    headers = {"Cache-Control": assets.cache_control(asset, name), "Vary": "Accept-Encoding"}
    if "gzip" in (router.current_event.headers.get("accept-encoding") or ""):
        headers["Content-Encoding"] = "gzip"
        return Response(
            HTTPStatus.OK, asset.content_type, assets.compressed(asset.name), dict(headers)
        )
    return Response(HTTPStatus.OK, asset.content_type, asset.content.decode(), dict(headers))
