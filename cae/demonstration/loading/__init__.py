"""The invented cooperative, as tables by subject; `loader.load` plays it through the services."""
