"""Which links stand in which rows, and where they lead. `manage.py check_links` asks; „Heute“ and „Links“ tell.

collecting   every link of every room's texts and fields, found through the models: the floor names no room
inside       links into this portal, answered by the portal itself without a network
outside      links to other hosts, asked politely and never into a private network
checking     what is due, and when to ask again
"""
