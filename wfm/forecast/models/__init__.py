"""One file per forecasting model."""
