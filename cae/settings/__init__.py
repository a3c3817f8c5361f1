"""Settings by situation: local (laptop, demonstration), test, production."""
