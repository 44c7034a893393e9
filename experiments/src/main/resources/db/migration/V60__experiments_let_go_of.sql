-- What the aggregator was told of experiments that are over: of these epochs nothing will be asked any more.
CREATE TABLE let_go (
    experiment    text        NOT NULL REFERENCES experiments,
    through_epoch integer     NOT NULL,
    at            timestamptz NOT NULL,
    PRIMARY KEY (experiment, through_epoch)
);
