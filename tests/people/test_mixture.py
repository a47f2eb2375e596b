"""Mixtures: criteria by hand, scikit-learn's fits, planted groups, and stacks that are what their parts are."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import multivariate_normal
from sklearn.mixture import GaussianMixture

from kithwork.people import mixture


def clouds(rng: np.random.Generator, apart: float = 4.0, each: int = 150) -> np.ndarray:
    """Two groups in three coordinates, standardised."""
    x = np.concatenate([rng.normal(size=(each, 3)), rng.normal([apart, 0, 0], 1, (each, 3))])
    return (x - x.mean(axis=0)) / x.std(axis=0)


def test_criteria_by_hand():
    """One component: BIC = 2d ln n − 2 ln L with the likelihood of d independent normals; no entropy, so ICL is BIC."""
    x = clouds(np.random.default_rng(1))
    one = mixture.fit(x, 1, np.random.default_rng(2))
    by_hand = multivariate_normal(one.means[0, 0], np.diag(one.variances[0, 0])).logpdf(x).sum()
    assert one.likelihood[0] == pytest.approx(by_hand)
    assert one.bic(300)[0] == pytest.approx(6 * np.log(300) - 2 * by_hand)
    assert one.icl(300)[0] == pytest.approx(one.bic(300)[0])


def test_icl_charges_what_is_unclear():
    """ICL − BIC is twice the entropy of the responsibilities: small for groups apart, large for halves of one group."""
    charged = []
    for apart in (8.0, 0.0):
        x = clouds(np.random.default_rng(3), apart)
        two = mixture.fit(x, 2, np.random.default_rng(4), starts=3, enough=mixture.FINE)
        r = two.responsibilities(x)[0]
        by_hand = -(r * np.log(np.maximum(r, 1e-300))).sum()
        assert two.entropy[0] == pytest.approx(by_hand, rel=0.02)
        charged.append(two.icl(300)[0] - two.bic(300)[0])
    assert charged[0] < 1 < 50 < charged[1]


@pytest.mark.parametrize("k", [1, 2])
def test_fits_are_scikit_learns(k):
    """Likelihood within 1 and 99 of 100 people alike: scikit-learn's fit has no prior on variances, which moves few."""
    x = clouds(np.random.default_rng(5))
    ours = mixture.fit(x, k, np.random.default_rng(6), starts=3, enough=mixture.FINE)
    theirs = GaussianMixture(k, covariance_type="diag", n_init=3, random_state=0).fit(x)
    assert ours.likelihood[0] == pytest.approx(theirs.score(x) * len(x), abs=1)
    assert ours.bic(len(x))[0] == pytest.approx(theirs.bic(x), abs=2)
    order = np.argsort(theirs.means_[:, 0]), np.argsort(ours.means[0, :, 0])
    alike = theirs.predict_proba(x)[:, order[0]].argmax(axis=1) == ours.responsibilities(x)[0][:, order[1]].argmax(axis=1)
    assert alike.mean() >= 0.99


def test_densities_are_scikit_learns():
    """With the same weights, means and variances: the same log densities and the same responsibilities."""
    x = clouds(np.random.default_rng(5))
    ours = mixture.fit(x, 3, np.random.default_rng(6))
    theirs = GaussianMixture(3, covariance_type="diag")
    theirs.weights_, theirs.means_ = ours.weights[0], ours.means[0]
    theirs.precisions_cholesky_ = ours.variances[0] ** -0.5
    assert ours.log_density(x) == pytest.approx(theirs.score_samples(x))
    assert ours.responsibilities(x)[0] == pytest.approx(theirs.predict_proba(x), abs=1e-9)


def test_planted_groups_are_recovered():
    """Weights, means and variances of two groups, to the error of 2,000 people."""
    rng = np.random.default_rng(7)
    x = np.where(rng.random((2000, 1)) < 0.3, rng.normal([2, 0], [0.5, 1], (2000, 2)), rng.normal([-1, 0], 0.7, (2000, 2)))
    found = mixture.fit(x, 2, rng, starts=3, enough=mixture.FINE)
    order = np.argsort(found.weights[0])
    assert found.weights[0, order] == pytest.approx([0.3, 0.7], abs=0.03)
    assert found.means[0, order] == pytest.approx(np.array([[2, 0], [-1, 0]]), abs=0.12)
    assert np.sqrt(found.variances[0, order]) == pytest.approx(np.array([[0.5, 1], [0.7, 0.7]]), abs=0.07)


def test_who_counts_twice_is_as_good_as_two():
    """A weighted fit is the fit of the people repeated, for one component exactly."""
    x, counts = clouds(np.random.default_rng(8))[:40], np.arange(40) % 3
    weighted = mixture.fit(x, 1, np.random.default_rng(9), counts[None].astype(float))
    repeated = mixture.fit(np.repeat(x, counts, axis=0), 1, np.random.default_rng(9))
    assert weighted.likelihood == pytest.approx(repeated.likelihood)
    assert weighted.variances == pytest.approx(repeated.variances)


def test_a_stack_is_its_parts():
    """Groups of people of their own, fitted together, end where each ends alone."""
    groups = np.stack([clouds(np.random.default_rng(seed), 6.0) for seed in (10, 11, 12)])
    together = mixture.fit(groups, 2, np.random.default_rng(13), enough=mixture.FINE)
    for at, one in enumerate(groups):
        alone = mixture.fit(one, 2, np.random.default_rng(14), enough=mixture.FINE)
        assert together.likelihood[at] == pytest.approx(alone.likelihood[0], abs=0.01)


def test_equal_portfolios_do_not_collapse():
    """A lump of people alike has a variance all the same: the prior's."""
    x = np.concatenate([np.zeros((30, 2)), np.random.default_rng(15).normal(size=(70, 2))])
    found = mixture.fit(x, 4, np.random.default_rng(16), starts=3)
    assert np.isfinite(found.likelihood).all()
    assert found.variances.min() > 1e-3


def test_membership_is_a_share():
    """Responsibilities are between 0 and 1 and sum to 1, far away too; labels are the highest of them."""
    x = clouds(np.random.default_rng(17))
    found = mixture.fit(x, 3, np.random.default_rng(18))
    far = np.concatenate([x, [[1e3, -1e3, 1e3]]])
    shares = found.responsibilities(far)
    assert shares.sum(axis=2) == pytest.approx(1)
    assert shares.min() >= 0
    assert (found.labels(far) == shares.argmax(axis=2)).all()
