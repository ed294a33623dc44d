"""What lesson 07 computes."""
