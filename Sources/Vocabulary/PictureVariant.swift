/// The variants in which the webcam API serves a picture.
public enum PictureVariant: String, CaseIterable, Sendable {
    /// As uploaded while printing.
    case raw
    /// With the detection boxes of the server's failure detection drawn in.
    case tagged
    /// The picture of an idle printer, overwritten in place under a fixed URL.
    case latest
}
