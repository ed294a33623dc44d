"""What lesson 10 computes."""
