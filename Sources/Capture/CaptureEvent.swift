package import Archive
package import Budget
package import Care
package import Snapshots
package import Storage
package import Vocabulary

/// What a job tells those who watch it.
package enum CaptureEvent: Sendable {
    case started(CameraName, interval: Duration)
    /// A slot has its outcome: on disk, unless not even the ledger can be written; such slots are entered when it can.
    case slot(SlotReport)
    /// Slots that went by: while the program was not running, while the slot before was busy, or while the machine slept.
    case missed(CameraName, from: Timestamp, slots: Int, detail: SlotReason)
    /// A body was refused and is asked for again.
    case retrying(CameraName, reason: String)
    /// The camera has shown the very same picture for too long while something prints.
    case frozen(CameraName, since: Timestamp)
    /// It shows another one again, or nothing prints any more.
    case thawed(CameraName)
    /// What is wrong with what comes is the camera's own way: it is asked once a slot until a whole picture comes.
    case faultLasts(CameraName, reason: String)
    /// A whole picture came after all.
    case faultOver(CameraName)
    /// Pictures come, and its owner had better know something of the camera; told once.
    case remark(CameraName, SourceRemark)
    /// The live camera could not be had; the announced pictures go on.
    case liveFailed(CameraName, reason: String)
    case usage(CameraName, UsageReading)
    case usageUnknown(CameraName, reason: String)
    /// The allowance of an account, after each reading and whenever the server refuses it (481).
    ///
    /// - Parameter cameras: those that share it, by name.
    case allowance(cameras: [CameraName], BudgetReport)
    /// OctoPrint could not be asked about its job.
    case printerUnknown(CameraName, reason: String)
    case printStarted(CameraName, PrintJob)
    /// A print that had seemed to be over goes on.
    case printResumed(CameraName, PrintJob)
    /// The print is over; its state says how it went, where that is known.
    case printEnded(CameraName, PrintJob)
    /// Room in the archive's file system, once a minute.
    case disk(free: ByteCount)
    /// SQLite's log has grown past all need, because somebody reads one state of the archive at length: it cannot begin anew
    /// until they end.
    case logGrown(ByteCount, readers: [LogReader])
    /// The log has begun anew and is short again.
    case logShortened
    /// The archive's file has another number of names: more than one, or one again. Captures go on.
    case archiveNames(Int, path: String)
    /// Captures pause for want of room; told once for the whole job.
    case paused(RoomPause)
    /// There is room again, and captures go on.
    case resumed(after: Duration)
    /// Frames went, as the policy of retention has it.
    case pruned(PruneResult)
    /// What the policy of retention has go could not be removed; it is tried again later.
    case notPruned(reason: String)
    /// A timelapse that makes itself was made, failed and is tried again, was left out, or went because it is kept no longer.
    case timelapse(ArchivedTimelapse)
    /// None are made, although some may be due; it is tried again later.
    case timelapsesNotMade(reason: String)
    /// What the job has a store for beside its cameras was done, or cannot be.
    case store(StoreTask, StoreNews)
    /// The system's clock was set, and the job goes by the new time from now on; or its time lies before what the archive has.
    case clockLeapt(ClockLeap)
    /// Times that are captured from now on may be wrong; a short constant says why.
    case clockDoubtful(reason: String)
    /// They are right, as far as is known.
    case clockTrusted(reason: String)
    /// The configuration was read again and the cameras are as it says now.
    case reloaded(added: [CameraName], removed: [CameraName], changed: [CameraName])
    /// The configuration was to be read again and is wrong; the job goes on as it was.
    case notReloaded(reason: String)
    case ended(CameraName)
}
