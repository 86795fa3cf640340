//! Tables of worlds and options, good and bad.

use super::*;
use crate::document::row_problem::MOST_PROBLEMS;
use crate::document::table::TableError;

fn read(text: &str) -> Result<PsaTable, Refused> {
    read_psa_table(text.as_bytes(), limits())
}

#[track_caller]
fn refused(text: &str, wanted: &[&str]) {
    let said = read(text).unwrap_err().to_string();
    assert_eq!(said.lines().collect::<Vec<_>>(), wanted, "{text}");
}

#[test]
fn columns_and_rows_come_in_any_order() {
    let table = read(
        "\u{feff}loss,note,option,input:rate,world,cost\n7,x,b,0.1,w1,20\n5,\"a, b\",a,0.1,w1,10\n4,,a,0.3,w2,1e1\n6,,b,0.3,w2,-20\n",
    )
    .unwrap();
    let strings = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(table.options, strings(&["b", "a"]));
    assert_eq!(table.worlds, strings(&["w1", "w2"]));
    assert_eq!(table.cost, [[20.0, 10.0], [-20.0, 10.0]]);
    assert_eq!((table.outcome, table.losses), (vec![vec![7.0, 5.0], vec![6.0, 4.0]], true));
    assert_eq!(table.inputs, [PsaInput { name: "rate".into(), values: vec![0.1, 0.3] }]);
    assert_eq!((table.not_read, table.runs, table.replicated), (strings(&["note"]), vec![1, 1], false));
}

#[test]
fn runs_of_a_world_are_kept_apart() {
    let text =
        "world,replication,option,cost,effect\n1,0,a,1,2\n1,0,b,1,3\n2,0,a,5,5\n1,1,b,4,4\n1,1,a,2,2\n2,0,b,6,6\n";
    let table = read(text).unwrap();
    assert_eq!((table.runs, table.replicated, table.losses), (vec![2, 1], true, false));
    assert_eq!(table.cost, [[1.0, 1.0], [2.0, 4.0], [5.0, 6.0]]);
    assert_eq!(table.outcome, [[2.0, 3.0], [2.0, 4.0], [5.0, 6.0]]);
}

#[test]
fn all_problems_are_told_at_once_with_their_lines() {
    refused(
        "world,option,cost,effect\n1,a,ten,1\n1,b,2,inf\n,a,1,1\n2,a,1,1\n2,a,1,1\n2,b,1\n",
        &[
            "line 2: cost is `ten`, and must be a finite number",
            "line 3: effect is `inf`, and must be a finite number",
            "line 4: world is empty; give it a name",
            "line 5: world `2` has no line for option `b`",
            "line 6: option `a` is in world `2` a second time",
            "line 7: more or fewer fields than the first line (rows like this: 1)",
        ],
    );
    refused(
        "world,optoin,cost,effect,loss\n",
        &[
            "line 1: no column `option` (did you mean `optoin`?); the columns are `world`, `optoin`, `cost`, `effect`, `loss`",
            "line 1: there are columns `effect` and `loss`; keep one of them",
        ],
    );
    refused("world,option,cost,effect\n", &["line 1: there is no row below the first line"]);
    refused(
        "world,option,cost,loss,input:p\n1,a,1,1,0.5\n1,b,1,1,0.6\n",
        &["line 3: input `p` is another than in line 2, which is in the same world"],
    );
    refused(
        "world,option,cost,loss,input:\n1,a,1,1,0.5\n",
        &["line 1: a column is called `input:` without a name after it"],
    );
}

#[test]
fn a_flood_of_problems_is_counted() {
    let mut text = String::from("world,option,cost,effect\n");
    (0..500).for_each(|i| text.push_str(&format!("{i},a,x,1\n")));
    let Err(Refused::Problems { problems, more }) = read(&text) else { panic!() };
    assert_eq!((problems.len(), more, problems[0].line), (MOST_PROBLEMS, 450, 2));
    // An option of its own in every line.
    let mut text = String::from("world,option,cost,effect\n");
    (0..20_000).for_each(|i| text.push_str(&format!("{i},o{i},1,1\n")));
    refused(&text, &["line 1: 20000 options; at most 100 are compared"]);
}

#[test]
fn a_table_too_large_is_refused() {
    let text = "world,option,cost,effect\n1,a,1,1\n2,a,1,1\n";
    let rows = read_psa_table(text.as_bytes(), Limits { rows: 1, ..limits() }).unwrap_err();
    assert_eq!(rows.to_string(), "the file has more than 1 rows");
    let bytes = read_psa_table(text.as_bytes(), Limits { bytes: 40, ..limits() }).unwrap_err();
    assert_eq!(bytes.to_string(), "the file is larger than 40 bytes");
    assert_eq!((limits().bytes, limits().rows), (64 << 20, 1_000_000));
    assert!(matches!(read(""), Err(Refused::Table(TableError::NoHeader))));
}
