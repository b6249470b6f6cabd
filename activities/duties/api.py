"""What a move of a duty takes over REST."""

from advocacy.rest.serializers import Body, MemberField


class HandOverBody(Body):
    """To whom it is given."""

    owner = MemberField()
