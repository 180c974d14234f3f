package io.heagent.probes;

import com.sun.tools.attach.VirtualMachine;

/** Has the agent attached to itself while it runs. Arguments: the port, the jar, its arguments. */
public final class AttachProbe {
  private AttachProbe() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    // JDK classes that are woven are loaded, initialised and in use by then.
    MatrixProbe.connect(
            "before", Way.SOCKET_TIMEOUT, Scenario.GOOD_FIRST, port, MatrixProbe.PATIENT_MILLIS)
        .print();
    VirtualMachine self = VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
    try {
      self.loadAgent(args[1], args[2]);
    } finally {
      self.detach();
    }
    HelloProbe.hello(port, MatrixProbe.PATIENT_MILLIS).print();
  }
}
