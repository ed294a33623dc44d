"""The losses of the course, one file for each family; each is a `lossviz.loss.Loss`."""

from .regression import huber, log_cosh, mae, mse, quantile, rmse, smooth_l1, sse

__all__ = ["huber", "log_cosh", "mae", "mse", "quantile", "rmse", "smooth_l1", "sse"]
