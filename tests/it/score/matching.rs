//! The one-to-one matching of greatest weight (Kuhn 1955, Munkres 1957; with potentials, O(n³)).

/// For each row its column, where the pair weighs more than nothing.
pub fn matching(weights: &[Vec<f64>]) -> Vec<Option<usize>> {
    let rows = weights.len();
    let columns = weights.first().map_or(0, Vec::len);
    let n = rows.max(columns);
    let cost = |i: usize, j: usize| -weights.get(i).and_then(|r| r.get(j)).copied().unwrap_or(0.0);
    let (mut u, mut v) = (vec![0.0; n + 1], vec![0.0; n + 1]);
    let (mut owner, mut way) = (vec![0_usize; n + 1], vec![0_usize; n + 1]);
    for i in 1..=n {
        owner[0] = i;
        let mut column = 0;
        let (mut least, mut used) = (vec![f64::INFINITY; n + 1], vec![false; n + 1]);
        while owner[column] != 0 {
            used[column] = true;
            let row = owner[column];
            let (mut delta, mut next) = (f64::INFINITY, 0);
            for j in (1..=n).filter(|&j| !used[j]) {
                let reduced = cost(row - 1, j - 1) - u[row] - v[j];
                if reduced < least[j] {
                    (least[j], way[j]) = (reduced, column);
                }
                if least[j] < delta {
                    (delta, next) = (least[j], j);
                }
            }
            for j in 0..=n {
                if used[j] {
                    u[owner[j]] += delta;
                    v[j] -= delta;
                } else {
                    least[j] -= delta;
                }
            }
            column = next;
        }
        while column != 0 {
            let before = way[column];
            owner[column] = owner[before];
            column = before;
        }
    }
    let mut out = vec![None; rows];
    for j in 1..=n {
        let i = owner[j];
        if (1..=rows).contains(&i) && j <= columns && weights[i - 1][j - 1] > 0.0 {
            out[i - 1] = Some(j - 1);
        }
    }
    out
}

#[test]
fn the_sum_counts_not_the_single_pair() {
    assert_eq!(matching(&[vec![3.0, 2.0], vec![2.0, 0.0]]), [Some(1), Some(0)]);
    assert_eq!(matching(&[vec![0.0]]), [None]);
}
