"""Thanks from sales: a requester's own word beside the owner's, through the program (THX-5)."""
