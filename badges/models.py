from badges.achievements.models import Achievement

__all__ = ["Achievement"]
