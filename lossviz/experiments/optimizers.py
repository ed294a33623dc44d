"""What lesson 09 computes."""
