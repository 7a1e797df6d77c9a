def others_need_one(user):
    """For accounts that are not staff, that is jurors. SECOND_FACTOR_RULE names this; staff always need one."""
    return True
