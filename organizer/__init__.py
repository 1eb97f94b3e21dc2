"""Everything that knows health records and no window: imports no Qt. Rooms import downwards only."""
