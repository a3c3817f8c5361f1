import os
def test_x():
    assert os.environ["DATABASE_URL"]
