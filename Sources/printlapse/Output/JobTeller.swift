import Capture
import Logging
import Monitoring

/// Tells a person what a job does, as it does it.
protocol JobTeller: Sendable {
    func tell(_ event: CaptureEvent)
    /// What the monitoring of the job has to say.
    func tell(_ message: MonitoringMessage)
}

extension CaptureLog: JobTeller {
    func tell(_ message: MonitoringMessage) {
        logger.log(level: message.isWarning ? .warning : .notice, "\(message.description)")
    }
}
