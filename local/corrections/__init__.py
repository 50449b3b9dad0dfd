"""MiniStack, with the few answers put right that our application depends on.

Run as `python -m local.corrections` in place of `python -m ministack`. Each correction says what
AWS does and what MiniStack 1.5.33 does instead; drop it when a later MiniStack no longer needs it.
"""
