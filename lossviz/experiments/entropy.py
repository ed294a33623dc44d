"""What lesson 03 computes."""
