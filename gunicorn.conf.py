"""What every gunicorn started from here keeps to, whatever its command line says."""

# Addresses of personal links are keys, and stand in no log (ID-3).
logger_class = "advocacy.weblog.MaskedLogger"
