"""Gates over REST; the rest is made from the manifest (REQ-4)."""

from advocacy.rest.serializers import RowSerializer
from advocates.api import TypeField
from requests.models import RequestGate


class RequestGateSerializer(RowSerializer):
    """What the deal of a request of one type has to have; what is left empty asks for nothing.

    ``min_amount`` is in the tenant's currency. An amount in another one is not compared: of a deal
    of the CRM it is enough, of one that was typed in with a request it is not.
    """

    activity_type = TypeField()

    class Meta:
        model = RequestGate
        fields = (
            "id",
            "activity_type",
            "min_stage",
            "min_probability",
            "min_amount",
            "created_at",
        )
        read_only_fields = ("id", "created_at")
