"""Pages for whoever runs the application on this machine: the kept mail, and the virtual clock.

They are served by `make run` alone, on the loopback interface, and are part of no layer.
"""
