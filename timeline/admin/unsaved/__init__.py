"""Nothing typed is lost: what is typed into a form is stored within seconds, and put back after whatever kept it from being
saved: the end of a session, another sign-in, the way back, a network that failed, a window that was closed."""
