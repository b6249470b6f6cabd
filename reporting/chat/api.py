"""Connections over REST; the rest is made from the manifest (MSG-5)."""

from rest_framework import serializers

from advocacy.rest.serializers import RowSerializer
from reporting.chat.models import ChatConnection


class ChatConnectionSerializer(RowSerializer):
    """A webhook; its address is taken and never shown again."""

    address = serializers.CharField(
        write_only=True,
        required=False,
        default="",
        allow_blank=True,
        max_length=1000,
        help_text="Of the incoming webhook; by mail there is none. What is wrong is said at it.",
    )

    class Meta:
        model = ChatConnection
        fields = (
            "id",
            "member",
            "kind",
            "name",
            "address",
            "shown",
            "state",
            "problem",
            "posted_at",
            "created_at",
        )
        read_only_fields = (
            "id",
            "member",
            "shown",
            "state",
            "problem",
            "posted_at",
            "created_at",
        )
