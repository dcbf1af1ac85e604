# bastide with git, which contracts are compared by, and with curl and jq, which write the note of GitLab. Nobody is root in it.
#   docker build -t bastide --build-arg COMMIT="$(git rev-parse HEAD)" .     from this source
#   docker build -t bastide --build-context build=FOLDER .                   from a static `bastide` that is there, in FOLDER/out/
#   docker run --rm --volume "$PWD:/repo" bastide check
FROM docker.io/library/rust:1.95-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /src
COPY . .
ARG COMMIT
RUN export BASTIDE_COMMIT="$COMMIT" && cargo build --release --locked && install -D target/release/bastide /out/bastide

FROM docker.io/library/alpine:3.22
RUN apk add --no-cache curl git jq \
    && git config --system --add safe.directory '*'
COPY --from=build /out/bastide /usr/local/bin/bastide
USER 65532:65532
WORKDIR /repo
ENTRYPOINT ["bastide"]
CMD ["--help"]
