"""market/embedding.py: texts as points."""

import numpy as np

from kithwork.market.embedding import embed


def test_texts_of_one_meaning_lie_nearer_than_others():
    """Two texts on one matter in different words are nearer to each other than to a third."""
    one, two, other = embed(
        ["glass deliveries are late", "our supplier of glass is slow", "the canteen should open earlier"]
    )
    assert one @ two > max(one @ other, two @ other) + 0.2
    np.testing.assert_allclose(one @ one, 1, rtol=1e-5)
