package io.heagent.testkit.jvm.beside;

import java.util.logging.LogManager;

/** A program's own manager of java.util.logging, as application servers have one. */
public final class OwnLogManager extends LogManager {}
