from rtr.due import NightlyRun

__all__ = ["NightlyRun"]
