"""Serves a site's pages on this machine, as `make run` serves its own."""

from local.gateway import Answer, Event, Handler, event_of, serving

__all__ = ["Answer", "Event", "Handler", "event_of", "serving"]
