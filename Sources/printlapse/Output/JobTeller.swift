import Capture
import Logging
import Monitoring

/// Tells a person what a job does, as it does it.
protocol JobTeller: Sendable {
    func note(_ event: CaptureEvent)
    /// What the monitoring of the job has to say.
    func note(_ note: MonitoringMessage)
}

extension CaptureLog: JobTeller {
    func note(_ note: MonitoringMessage) {
        logger.log(level: note.isWarning ? .warning : .notice, "\(note.description)")
    }
}
