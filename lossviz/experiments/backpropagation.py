"""What lesson 08 computes."""
