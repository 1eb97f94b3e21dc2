"""Everything that knows health records and no window: imports no Qt. Packages import downwards only."""
