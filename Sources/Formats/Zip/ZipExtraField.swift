/// The extra fields that matter here (APPNOTE 4.5).
enum ZipExtraField {
    /// ZIP64: the numbers that do not fit elsewhere.
    static let wide: UInt16 = 0x0001
    /// Info-ZIP's name in UTF-8.
    static let unicodeName: UInt16 = 0x7075
    /// Info-ZIP's extended timestamp: seconds since 1970, UTC.
    static let timestamp: UInt16 = 0x5455
    /// In its flags: it has the time of the last change.
    static let isModified: UInt8 = 1
}
