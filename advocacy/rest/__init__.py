"""What the REST interface is made of."""

from rest_framework import compat

# DRF's test client offers PyPI's "requests" where something of that name can be imported; here
# that is our own app, which has other things to do. drf-spectacular imports that client.
compat.requests = None  # type: ignore[assignment]
