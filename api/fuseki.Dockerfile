# Apache Jena Fuseki as a remote SPARQL store, for the profile `fuseki` of docker-compose.yml.
# The jar comes by its Maven coordinates and is checked against its hash.

FROM maven:3.9-eclipse-temurin-21 AS fetch
ARG JENA=5.6.0
ARG SHA256=d28c1eaf703122ee628895a460c20fa4aa60a892f435d403ea8c036f241da1f8
RUN mvn --batch-mode --quiet dependency:copy \
        -Dartifact=org.apache.jena:jena-fuseki-server:${JENA}:jar -DoutputDirectory=/jar \
    && mv /jar/jena-fuseki-server-${JENA}.jar /jar/fuseki.jar \
    && echo "${SHA256}  /jar/fuseki.jar" | sha256sum --check --quiet

FROM eclipse-temurin:21-jre
COPY --from=fetch /jar/fuseki.jar /opt/fuseki.jar
RUN useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin fuseki \
    && install --directory --owner=fuseki --group=fuseki /data /data/tdb2
ENV FUSEKI_BASE=/data JAVA_TOOL_OPTIONS=-Xmx1g
USER fuseki
WORKDIR /data
VOLUME /data
EXPOSE 3030
CMD ["java", "-cp", "/opt/fuseki.jar", "org.apache.jena.fuseki.main.cmds.FusekiServerCmd", \
     "--port", "3030", "--update", "--ping", "--set", "tdb2:unionDefaultGraph=true", \
     "--timeout=30000", "--tdb2", "--loc", "/data/tdb2", "/ds"]
