/**
 * A program's selector on the virtual clock of a race of channels. As the JDK's does over epoll, it
 * watches open file descriptions, and hears nothing more of one that has been replaced by dup2.
 */
package io.heagent.agent.connect.fake.selector;
