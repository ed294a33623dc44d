"""What lesson 01 computes."""
