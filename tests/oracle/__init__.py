"""Another program's word on our secret votes."""
