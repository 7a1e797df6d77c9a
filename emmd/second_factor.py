from competition.jury import seats_of


def others_need_one(user):
    """For accounts that are not staff, that is jurors. SECOND_FACTOR_RULE names this; staff always need one."""
    return seats_of(user).filter(panel__round__second_factor_required=True).exists()
