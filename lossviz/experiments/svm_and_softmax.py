"""What lesson 05 computes."""
