"""What laptops exchange: the formats of its objects, and the depots that hold them."""
