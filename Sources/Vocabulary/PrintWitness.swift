/// Who tells that a print runs.
public enum PrintWitness: String, CaseIterable, Sendable {
    /// OctoPrint's job information.
    case octoPrint = "octoprint"
    /// The address of the announced picture.
    case url
    /// Pictures that change, or have gone still.
    case stillness
}
