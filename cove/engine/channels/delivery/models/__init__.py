from cove.engine.channels.delivery.models.outbox import Delivery
from cove.engine.channels.delivery.models.rules import QuotaUse, ReachRules, Touch

__all__ = ["Delivery", "QuotaUse", "ReachRules", "Touch"]
