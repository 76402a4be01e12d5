"""Makes the tables beside it, the same bytes every time: python assets/samples/make.py [folder]

Iris, wine and diabetes are scikit-learn's own, with plain column names. The exams are made up.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.datasets import load_diabetes, load_iris, load_wine

IRIS = ["sepal length cm", "sepal width cm", "petal length cm", "petal width cm"]
WINE = {"color_intensity": "colour intensity", "alcalinity_of_ash": "alkalinity of ash",
        "nonflavanoid_phenols": "non-flavanoid phenols",
        "od280/od315_of_diluted_wines": "OD280/OD315 of diluted wine"}  # fmt: skip
DIABETES = ["age", "sex", "body mass index", "blood pressure", "total cholesterol", "LDL cholesterol", "HDL cholesterol",
            "total to HDL cholesterol", "log of triglycerides", "blood sugar"]  # fmt: skip
PUPILS = 320
SCHOOLS = ["Eastgate", "Hillside", "Northfield", "Riverside"]
TEMPLATE = """\
height cm,weight kg,eats,animal
24,4.1,meat,cat
26,5.0,meat,cat
23,3.6,meat,cat
25,4.4,meat,cat
22,3.3,meat,cat
61,30.5,meat,dog
48,18.2,meat,dog
54,24.0,meat,dog
67,34.1,meat,dog
35,9.4,meat,dog
19,1.4,plants,rabbit
21,2.0,plants,rabbit
20,1.7,plants,rabbit
18,1.2,plants,rabbit
17,1.1,plants,rabbit
"""


def iris() -> pd.DataFrame:
    data = load_iris()
    return pd.DataFrame(data.data, columns=IRIS).assign(species=data.target_names[data.target])


def wine() -> pd.DataFrame:
    data = load_wine()
    names = [WINE.get(name, name.replace("_", " ")) for name in data.feature_names]
    return pd.DataFrame(data.data, columns=names).assign(variety=[f"variety {k + 1}" for k in data.target])


def diabetes() -> pd.DataFrame:
    data = load_diabetes(scaled=False)
    table = pd.DataFrame(data.data.round(4), columns=DIABETES).assign(progression=data.target)
    return table.assign(sex=table["sex"].map({1: "group 1", 2: "group 2"}))  # the source does not say which is which


def exams() -> pd.DataFrame:
    """Learning helps, less when tired, and sleep helps only up to a point: a curve that no straight line follows."""
    rng = np.random.default_rng(20)
    hours = rng.gamma(4.0, 2.2, PUPILS).clip(0, 25).round(1)
    sleep = rng.normal(7.2, 1.35, PUPILS).clip(4, 10.5).round(1)
    school = rng.choice(SCHOOLS, PUPILS, p=[0.3, 0.3, 0.25, 0.15])
    tests = rng.binomial(8, 0.5, PUPILS)
    job = rng.random(PUPILS) < 0.3
    commute = rng.gamma(3.0, 9.0, PUPILS).clip(2, 90).round()
    games = rng.gamma(2.0, 3.0, PUPILS).clip(0, 25).round(1)
    rested = 1 - ((sleep - 7.4) / 1.3) ** 2
    points = (1.0 * (hours - 8.8) / 4 + 0.9 * (tests - 4) / 1.4 + 0.75 * rested + 0.25 * rested * (hours - 8.8) / 4
              - 0.6 * job - 0.3 * (games - 6) / 4 + 0.3 * (school == "Hillside") + 0.35)  # fmt: skip
    passed = points + rng.logistic(0, 0.2, PUPILS) > 0
    table = pd.DataFrame({
        "pupil": [f"P{1001 + i}" for i in rng.permutation(PUPILS)], "hours studied": hours, "hours of sleep": sleep,
        "school": school, "practice tests": tests, "part-time job": np.where(job, "yes", "no"),
        "commute minutes": commute, "hours of games": games, "passed": np.where(passed, "yes", "no"),
    })  # fmt: skip
    for name, share in (("hours of sleep", 0.03), ("commute minutes", 0.05), ("part-time job", 0.02)):
        table.loc[rng.random(PUPILS) < share, name] = np.nan
    return table


def texts() -> dict[str, str]:
    """The content of each file by its name."""
    tables = {"exams": exams(), "iris": iris(), "wine": wine(), "diabetes": diabetes()}
    return {"template.csv": TEMPLATE} | {
        f"{name}.csv": table.to_csv(index=False, lineterminator="\n", float_format="%.10g") for name, table in tables.items()}


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for name, text in texts().items():
        (folder / name).write_bytes(text.encode())
