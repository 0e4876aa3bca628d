package io.quorate.endtoend;

import java.util.List;

/** Where the nodes of a local cluster run. */
interface Site {
    /** All of them on the loopback interface, and in one zone. */
    Site LOOPBACK = new Site() {
        @Override
        public String address(String id) {
            return "127.0.0.1";
        }

        @Override
        public String zone(String id) {
            return "default";
        }

        @Override
        public List<String> at(String id, List<String> command) {
            return command;
        }
    };

    /** The address that a node listens on. */
    String address(String id);

    String zone(String id);

    /** What starts the command where that node is, in one process. */
    List<String> at(String id, List<String> command);
}
