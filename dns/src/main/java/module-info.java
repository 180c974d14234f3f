/** A resolver for the engine that asks DNS servers itself, over dnsjava. */
module io.heagent.dns {
  requires transitive io.heagent.engine;
  requires transitive org.dnsjava;

  exports io.heagent.dns;
}
