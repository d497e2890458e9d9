/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import org.jspecify.annotations.Nullable;

/** The packet types of the binary protocol, named as its document names them. */
public enum PacketType {
  /** {@link CanDo}. */
  CAN_DO(1, Direction.REQUEST, 1, false),
  /** {@link CantDo}. */
  CANT_DO(2, Direction.REQUEST, 1, false),
  /** {@link ResetAbilities}. */
  RESET_ABILITIES(3, Direction.REQUEST, 0, false),
  /** {@link PreSleep}. */
  PRE_SLEEP(4, Direction.REQUEST, 0, false),
  /** {@link Noop}. */
  NOOP(6, Direction.RESPONSE, 0, false),
  /** {@link SubmitJob}. */
  SUBMIT_JOB(7, Direction.REQUEST, 3, true),
  /** {@link JobCreated}. */
  JOB_CREATED(8, Direction.RESPONSE, 1, false),
  /** {@link GrabJob}. */
  GRAB_JOB(9, Direction.REQUEST, 0, false),
  /** {@link NoJob}. */
  NO_JOB(10, Direction.RESPONSE, 0, false),
  /** {@link JobAssign}. */
  JOB_ASSIGN(11, Direction.RESPONSE, 3, true),
  /** {@link WorkStatus}. */
  WORK_STATUS(12, Direction.BOTH, 3, false),
  /** {@link WorkComplete}. */
  WORK_COMPLETE(13, Direction.BOTH, 2, true),
  /** {@link WorkFail}. */
  WORK_FAIL(14, Direction.BOTH, 1, false),
  /** {@link GetStatus}. */
  GET_STATUS(15, Direction.REQUEST, 1, false),
  /** {@link EchoReq}. */
  ECHO_REQ(16, Direction.REQUEST, 1, true),
  /** {@link EchoRes}. */
  ECHO_RES(17, Direction.RESPONSE, 1, true),
  /** {@link SubmitJobBg}. */
  SUBMIT_JOB_BG(18, Direction.REQUEST, 3, true),
  /** {@link ErrorResponse}. */
  ERROR(19, Direction.RESPONSE, 2, false),
  /** {@link StatusRes}. */
  STATUS_RES(20, Direction.RESPONSE, 5, false),
  /** {@link SubmitJobHigh}. */
  SUBMIT_JOB_HIGH(21, Direction.REQUEST, 3, true),
  /** {@link SetClientId}. */
  SET_CLIENT_ID(22, Direction.REQUEST, 1, false),
  /** {@link CanDoTimeout}. */
  CAN_DO_TIMEOUT(23, Direction.REQUEST, 2, false),
  /** {@link AllYours}. */
  ALL_YOURS(24, Direction.REQUEST, 0, false),
  /** {@link WorkException}. */
  WORK_EXCEPTION(25, Direction.BOTH, 2, true),
  /** {@link OptionReq}. */
  OPTION_REQ(26, Direction.REQUEST, 1, false),
  /** {@link OptionRes}. */
  OPTION_RES(27, Direction.RESPONSE, 1, false),
  /** {@link WorkData}. */
  WORK_DATA(28, Direction.BOTH, 2, true),
  /** {@link WorkWarning}. */
  WORK_WARNING(29, Direction.BOTH, 2, true),
  /** {@link GrabJobUniq}. */
  GRAB_JOB_UNIQ(30, Direction.REQUEST, 0, false),
  /** {@link JobAssignUniq}. */
  JOB_ASSIGN_UNIQ(31, Direction.RESPONSE, 4, true),
  /** {@link SubmitJobHighBg}. */
  SUBMIT_JOB_HIGH_BG(32, Direction.REQUEST, 3, true),
  /** {@link SubmitJobLow}. */
  SUBMIT_JOB_LOW(33, Direction.REQUEST, 3, true),
  /** {@link SubmitJobLowBg}. */
  SUBMIT_JOB_LOW_BG(34, Direction.REQUEST, 3, true),
  /** {@link SubmitJobSched}. */
  SUBMIT_JOB_SCHED(35, Direction.REQUEST, 8, true),
  /** {@link SubmitJobEpoch}. */
  SUBMIT_JOB_EPOCH(36, Direction.REQUEST, 4, true),
  /** {@link SubmitReduceJob}. */
  SUBMIT_REDUCE_JOB(37, Direction.REQUEST, 5, true),
  /** {@link SubmitReduceJobBackground}. */
  SUBMIT_REDUCE_JOB_BACKGROUND(38, Direction.REQUEST, 5, true),
  /** {@link GrabJobAll}. */
  GRAB_JOB_ALL(39, Direction.REQUEST, 0, false),
  /** {@link JobAssignAll}. */
  JOB_ASSIGN_ALL(40, Direction.RESPONSE, 5, true),
  /** {@link GetStatusUnique}. */
  GET_STATUS_UNIQUE(41, Direction.REQUEST, 1, false),
  /** {@link StatusResUnique}. */
  STATUS_RES_UNIQUE(42, Direction.RESPONSE, 6, false);

  private enum Direction {
    REQUEST,
    RESPONSE,
    BOTH
  }

  private static final @Nullable PacketType[] BY_CODE = new @Nullable PacketType[43];

  static {
    for (PacketType type : values()) {
      BY_CODE[type.code] = type;
    }
  }

  private final int code;
  private final Direction direction;
  private final int arguments;
  private final boolean payload;

  PacketType(int code, Direction direction, int arguments, boolean payload) {
    this.code = code;
    this.direction = direction;
    this.arguments = arguments;
    this.payload = payload;
  }

  /**
   * The number on the wire.
   *
   * @return 1 to 42
   */
  public int code() {
    return code;
  }

  boolean isRequest() {
    return direction != Direction.RESPONSE;
  }

  boolean isResponse() {
    return direction != Direction.REQUEST;
  }

  /** How many NULs end an argument: the last argument goes to the end of the packet. */
  int separators() {
    return Math.max(0, arguments - 1);
  }

  /** Whether the last argument is any bytes of any length. */
  boolean hasPayload() {
    return payload;
  }

  Frame decode(Arguments read) {
    return switch (this) {
      case CAN_DO -> CanDo.decode(read);
      case CANT_DO -> CantDo.decode(read);
      case RESET_ABILITIES -> ResetAbilities.decode(read);
      case PRE_SLEEP -> PreSleep.decode(read);
      case NOOP -> Noop.decode(read);
      case SUBMIT_JOB -> SubmitJob.decode(read);
      case JOB_CREATED -> JobCreated.decode(read);
      case GRAB_JOB -> GrabJob.decode(read);
      case NO_JOB -> NoJob.decode(read);
      case JOB_ASSIGN -> JobAssign.decode(read);
      case WORK_STATUS -> WorkStatus.decode(read);
      case WORK_COMPLETE -> WorkComplete.decode(read);
      case WORK_FAIL -> WorkFail.decode(read);
      case GET_STATUS -> GetStatus.decode(read);
      case ECHO_REQ -> EchoReq.decode(read);
      case ECHO_RES -> EchoRes.decode(read);
      case SUBMIT_JOB_BG -> SubmitJobBg.decode(read);
      case ERROR -> ErrorResponse.decode(read);
      case STATUS_RES -> StatusRes.decode(read);
      case SUBMIT_JOB_HIGH -> SubmitJobHigh.decode(read);
      case SET_CLIENT_ID -> SetClientId.decode(read);
      case CAN_DO_TIMEOUT -> CanDoTimeout.decode(read);
      case ALL_YOURS -> AllYours.decode(read);
      case WORK_EXCEPTION -> WorkException.decode(read);
      case OPTION_REQ -> OptionReq.decode(read);
      case OPTION_RES -> OptionRes.decode(read);
      case WORK_DATA -> WorkData.decode(read);
      case WORK_WARNING -> WorkWarning.decode(read);
      case GRAB_JOB_UNIQ -> GrabJobUniq.decode(read);
      case JOB_ASSIGN_UNIQ -> JobAssignUniq.decode(read);
      case SUBMIT_JOB_HIGH_BG -> SubmitJobHighBg.decode(read);
      case SUBMIT_JOB_LOW -> SubmitJobLow.decode(read);
      case SUBMIT_JOB_LOW_BG -> SubmitJobLowBg.decode(read);
      case SUBMIT_JOB_SCHED -> SubmitJobSched.decode(read);
      case SUBMIT_JOB_EPOCH -> SubmitJobEpoch.decode(read);
      case SUBMIT_REDUCE_JOB -> SubmitReduceJob.decode(read);
      case SUBMIT_REDUCE_JOB_BACKGROUND -> SubmitReduceJobBackground.decode(read);
      case GRAB_JOB_ALL -> GrabJobAll.decode(read);
      case JOB_ASSIGN_ALL -> JobAssignAll.decode(read);
      case GET_STATUS_UNIQUE -> GetStatusUnique.decode(read);
      case STATUS_RES_UNIQUE -> StatusResUnique.decode(read);
    };
  }

  static @Nullable PacketType of(int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
  }
}
