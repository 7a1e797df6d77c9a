"""The drawings of the clusters' signs: one family on a grid of 24, a filled core and what surrounds it."""

from clusters.models import Cluster

CORE = '<circle class="cluster-sign-core" cx="12" cy="12" r="{radius}"></circle>'
NEUTRAL = '<path d="M12 2.5 21.5 12 12 21.5 2.5 12Z"></path>' + CORE.format(radius=3)
SIGNS = {
    # A wheel with five spokes: three would be somebody's star.
    Cluster.Sign.AUTOMOTIVE: '<circle cx="12" cy="12" r="9.75"></circle>'
    '<path d="M12 12V2.5M12 12l9-2.9M12 12l5.6 7.7M12 12l-5.6 7.7M12 12l-9-2.9"></path>' + CORE.format(radius=3.25),
    Cluster.Sign.CHEMISTRY: '<path d="M12 2l8.7 5v10L12 22l-8.7-5V7Z"></path>' + CORE.format(radius=3.25),
    Cluster.Sign.ENERGY: '<path d="M12 1.5v3.25M12 19.25v3.25M1.5 12h3.25M19.25 12h3.25'
    'M4.6 4.6l2.3 2.3M17.1 17.1l2.3 2.3M4.6 19.4l2.3-2.3M17.1 6.9l2.3-2.3"></path>' + CORE.format(radius=4.5),
    Cluster.Sign.IT: '<rect x="5" y="5" width="14" height="14" rx="1.5"></rect>'
    '<path d="M9 1.5V5M15 1.5V5M9 19v3.5M15 19v3.5M1.5 9H5M1.5 15H5M19 9h3.5M19 15h3.5"></path>'
    + CORE.format(radius=3.25),
    Cluster.Sign.LIFE: '<path d="M6 1.5C6 9 18 15 18 22.5M18 1.5C18 9 6 15 6 22.5M7 5.25h10M7 18.75h10"></path>'
    + CORE.format(radius=3.25),
}
