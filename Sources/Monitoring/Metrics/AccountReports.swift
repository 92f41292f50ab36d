import Budget
import Vocabulary

/// The newest report of each account, found by any of its cameras.
///
/// A farm has as many accounts as tunnels until it is known which share one: none of this takes longer for there being many.
struct AccountReports: Sendable {
    private struct Account {
        var cameras: [CameraName]
        var report: BudgetReport
    }

    /// By the camera that an account goes by, which is its first.
    private var accounts: [CameraName: Account] = [:]
    /// The camera that each camera's account goes by.
    private var names: [CameraName: CameraName] = [:]

    /// Takes a report in the place of those that any of the cameras had before: cameras that are found to share an account are one
    /// from then on.
    ///
    /// - Parameter cameras: all of the account's, in order.
    mutating func observe(_ report: BudgetReport, of cameras: [CameraName]) {
        guard let name = cameras.first else { return }
        if accounts[name]?.cameras == cameras {
            accounts[name]?.report = report
            return
        }
        for camera in cameras {
            if let former = names[camera] { drop(former) }
        }
        accounts[name] = Account(cameras: cameras, report: report)
        for camera in cameras { names[camera] = name }
    }

    /// Lets go of the accounts of which no camera is left.
    mutating func remove(_ cameras: [CameraName]) {
        let removed = Set(cameras)
        for name in Set(cameras.compactMap { names[$0] }) {
            if accounts[name]?.cameras.allSatisfy(removed.contains) == true { drop(name) }
        }
    }

    /// Each report with the camera that its account goes by, in order.
    var sorted: [(camera: CameraName, report: BudgetReport)] {
        accounts.sorted { $0.key < $1.key }.map { ($0.key, $0.value.report) }
    }

    private mutating func drop(_ name: CameraName) {
        for camera in accounts.removeValue(forKey: name)?.cameras ?? [] { names[camera] = nil }
    }
}
