"""What tracking does because of facts."""
