# syntax=docker/dockerfile:1
# The one image of all roles:            docker build -t ringside:TAG .
# with CUDA's libraries for GPUs:        docker build -t ringside:TAG-gpu --build-arg VARIANT=gpu .
# It runs as a user without rights on a root that nobody can write: /tmp and /var/lib/ringside are volumes.
ARG VARIANT=cpu

FROM eclipse-temurin:25-jdk-noble AS build
ARG VARIANT
RUN apt-get update && apt-get install -y --no-install-recommends maven && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
# The profile gpu takes the ONNX Runtime that has CUDA's provider.
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -q -T 2 -DskipTests -Dspotless.skip $([ "$VARIANT" = gpu ] && echo -Pgpu) -pl '!src/test' package
# What the application, its trainer and its broker need of the JDK.
RUN jlink --add-modules \
java.base,java.compiler,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,\
java.prefs,java.rmi,java.scripting,java.security.jgss,java.security.sasl,java.sql,java.transaction.xa,java.xml,\
jdk.charsets,jdk.crypto.ec,jdk.jcmd,jdk.jfr,jdk.localedata,jdk.management,jdk.management.agent,jdk.naming.dns,jdk.net,\
jdk.security.auth,jdk.security.jgss,jdk.unsupported,jdk.zipfs \
    --strip-debug --no-header-files --no-man-pages --compress zip-6 --output /runtime

FROM ubuntu:24.04 AS runtime-cpu

FROM nvidia/cuda:12.9.1-cudnn-runtime-ubuntu24.04 AS runtime-gpu

FROM runtime-${VARIANT}
# XGBoost needs OpenMP; PostgreSQL's initdb and others ask who the user is, so it has an entry.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates libgomp1 libstdc++6 tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 ringside \
    && useradd --uid 10001 --gid 10001 --home-dir /var/lib/ringside --no-create-home --shell /usr/sbin/nologin ringside \
    && install -d -o ringside -g ringside -m 0700 /var/lib/ringside
COPY --from=build /runtime /opt/java
COPY --from=build /source/app/target/quarkus-app /opt/ringside
ENV LANG=C.UTF-8 PATH=/opt/java/bin:$PATH
USER 10001:10001
WORKDIR /var/lib/ringside
VOLUME ["/tmp", "/var/lib/ringside"]
# More options for the JVM: JDK_JAVA_OPTIONS, in place of these -Xmx and such.
ENTRYPOINT ["/opt/java/bin/java", "-XX:MaxRAMPercentage=60", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", \
    "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "/opt/ringside/quarkus-run.jar"]
CMD ["up", "--data-dir", "/var/lib/ringside/data"]
